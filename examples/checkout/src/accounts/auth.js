'use strict';

const jwt = require('jsonwebtoken');
const UAParser = require('ua-parser-js');

function issueToken(req, user) {
  const device = new UAParser(req.get('user-agent')).getResult();
  const { db, config } = req.app.locals;
  db.insert('sessions', {
    id: db.nextId('ses'),
    userId: user.id,
    browser: device.browser.name || 'unknown',
    system: device.os.name || 'unknown',
  });
  return jwt.sign({ sub: user.id }, config.sessionSecret, { expiresIn: '8h' });
}

function authenticate(req, res, next) {
  const [scheme, token] = (req.get('authorization') || '').split(' ');
  if (scheme !== 'Bearer' || !token) return res.status(401).json({ error: 'sign in first' });
  try {
    const claims = jwt.verify(token, req.app.locals.config.sessionSecret);
    req.user = req.app.locals.db.find('users', claims.sub);
  } catch (error) {
    return res.status(401).json({ error: 'session is not valid' });
  }
  if (!req.user) return res.status(401).json({ error: 'session is not valid' });
  return next();
}

function requireRole(role) {
  return (req, res, next) => {
    if (req.user.role !== role) return res.status(403).json({ error: 'not allowed' });
    return next();
  };
}

module.exports = { issueToken, authenticate, requireRole };
