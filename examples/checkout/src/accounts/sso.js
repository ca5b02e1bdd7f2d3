'use strict';

const { Strategy } = require('passport-saml');

module.exports = function createSamlStrategy({ entryPoint, issuer, certificate }, findByEmail) {
  return new Strategy({ entryPoint, issuer, cert: certificate, path: '/sso/callback' }, (profile, done) => {
    Promise.resolve(findByEmail(profile.email)).then((user) => done(null, user || false), done);
  });
};
