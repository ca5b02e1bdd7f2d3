/** The base image is whatever the registry calls latest today. */
import type { Dockerfile } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt, openAt } from '../image/hit.ts';
import { parentsOf } from '../image/stages.ts';

export const imageTagNotFixed = check<Dockerfile>({
  rule: {
    id: 'deploy/image-tag-not-fixed',
    name: 'The base image has no fixed tag',
    help: {
      why: 'Two builds of the same commit may hold different software, and a bad upstream release arrives unseen.',
      fix: 'Name a version, or better a digest: FROM node:22.11-slim@sha256:….',
      references: ['https://docs.docker.com/build/building/best-practices/#pin-base-image-versions'],
    },
    severity: 'low',
    confidence: 'high',
    taxa: ['CWE-1357', 'CIS-Docker-4.2'],
    aliases: ['CKV_DOCKER_7', 'AVD-DS-0001', 'DL3006', 'DL3007'],
  },
  examples: {
    fails: [
      { line: 1, text: 'FROM node' },
      { line: 1, text: 'FROM node:latest' },
      { line: 1, text: 'FROM --platform=linux/amd64 registry.example:5000/team/app AS build' },
      { line: 2, text: 'ARG TAG=latest\nFROM node:${TAG}' },
      { line: 3, text: 'FROM node:22.11 AS build\nRUN make\nFROM nginx' },
    ],
    passes: [
      'FROM node:22.11',
      'FROM scratch',
      'FROM node@sha256:0000000000000000000000000000000000000000000000000000000000000000',
      'FROM node:22.11 AS Build\nFROM build',
      'ARG TAG=22.11\nFROM node:$TAG',
      'FROM registry.example:5000/team/app:1.2',
    ],
  },
  *find(dockerfile) {
    const parentOf = parentsOf(dockerfile);
    for (const stage of dockerfile.stages) {
      const { image, from } = stage;
      if (image === '' || image === 'scratch' || image.includes('@') || parentOf(stage) !== undefined) continue;
      const tag = /:([^:/]*)$/.exec(image)?.[1];
      if (image.includes('$') && (tag === undefined || tag.startsWith('$'))) {
        yield openAt(dockerfile, from, `Could not tell whether the base image is fixed: ${image} is given at build time`);
      } else if (tag === undefined || tag === '' || tag === 'latest') {
        yield hitAt(
          dockerfile,
          from,
          `What ${image} holds changes from build to build: ${tag === 'latest' ? 'latest is not a version' : 'it has no tag'}`,
        );
      }
    }
  },
});
