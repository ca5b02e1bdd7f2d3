'use strict';

const _ = require('lodash');
const objectPath = require('object-path');

const DEFAULT_PREFERENCES = {
  language: 'en',
  notifications: { email: true, sms: false },
};

function applyPreferences(user, changes) {
  user.preferences = _.defaultsDeep({}, changes, user.preferences, DEFAULT_PREFERENCES);
  return user.preferences;
}

function wantsEmail(user) {
  return objectPath.get(user, 'preferences.notifications.email', true);
}

module.exports = { DEFAULT_PREFERENCES, applyPreferences, wantsEmail };
