/** An express application as they are: some 700 packages, and forty modules of its own that really use what it asks for. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Package and version → name of its constant, what a module does with it (`x` is the request's input), and a function that an advisory could name. */
const USES: Readonly<Record<string, readonly [constant: string, use: string, fn: string]>> = {
  'ajv@8.20.0': ['Ajv', "new Ajv().compile({ type: 'object' })(x)", 'compile'],
  'amqplib@0.10.9': ['amqp', "amqp.connect('amqp://localhost').then((c) => c.createChannel())", 'connect'],
  'archiver@5.3.2': ['archiver', "archiver('zip').append(String(x), { name: 'a' }).finalize()", 'Archiver.append'],
  'aws-sdk@2.1693.0': ['AWS', 'new AWS.S3().getObject({ Bucket: x.bucket, Key: x.key }).promise()', 'S3.getObject'],
  'axios@1.21.1': ['axios', 'axios.get(x.url, { params: x })', 'get'],
  'bcryptjs@2.4.3': ['bcrypt', 'bcrypt.hash(String(x), 10)', 'hash'],
  'body-parser@1.20.9': ['bodyParser', 'bodyParser.json({ limit: x.limit })', 'json'],
  'bull@4.16.5': ['Queue', "new Queue('a').add(x)", 'Queue.add'],
  'cheerio@1.0.0-rc.12': ['cheerio', "cheerio.load(String(x))('a').text()", 'load'],
  'compression@1.8.2': ['compression', 'compression({ level: 6 })', 'compression'],
  'config@3.3.12': ['config', "config.has('a') && config.get('a')", 'get'],
  'cookie-parser@1.4.7': ['cookieParser', "cookieParser('word')", 'signedCookies'],
  'cors@2.8.6': ['cors', "cors({ origin: 'http://localhost' })", 'cors'],
  'csv-parse@5.6.0': ['csv', 'csv.parse(String(x), { columns: true })', 'parse'],
  'date-fns@2.30.0': ['dates', "dates.format(new Date(x), 'yyyy')", 'format'],
  'dotenv@16.6.1': ['dotenv', 'dotenv.config()', 'parse'],
  'ejs@3.1.10': ['ejs', 'ejs.render(String(x), { x })', 'Template.compile'],
  'exceljs@4.4.0': ['Excel', "new Excel.Workbook().addWorksheet('a').addRow([x])", 'Workbook.addWorksheet'],
  'express-session@1.17.3': ['session', "session({ secret: 'word', resave: false, saveUninitialized: false })", 'session'],
  'express-validator@7.3.2': ['validator', "validator.body('email').isEmail()", 'body'],
  'got@11.8.6': ['got', 'got(x.url).json()', 'create'],
  'handlebars@4.7.10': ['Handlebars', 'Handlebars.compile(String(x))({ x })', 'compile'],
  'helmet@7.2.0': ['helmet', 'helmet()', 'helmet'],
  'i18next@22.5.1': ['i18next', 'i18next.t(String(x))', 'I18n.t'],
  'ioredis@5.11.1': ['Redis', "new Redis().set('a', String(x))", 'Redis.connect'],
  'joi@17.13.9': ['Joi', 'Joi.object({ a: Joi.string() }).validate(x)', 'validate'],
  'jsdom@22.1.0': ['jsdom', "new jsdom.JSDOM(String(x)).window.document.querySelector('a')", 'JSDOM.fragment'],
  'jsonwebtoken@9.0.3': ['jwt', "jwt.verify(x.token, 'word')", 'verify'],
  'kafkajs@2.2.4': ['kafka', "new kafka.Kafka({ brokers: ['localhost:9092'] }).producer().send(x)", 'Kafka.producer'],
  'knex@2.5.1': ['knex', "knex({ client: 'pg' })('a').where(x).select()", 'knex'],
  'lodash@4.18.1': ['_', '_.merge({}, _.pick(x, ["a"]))', 'template'],
  'marked@4.3.0': ['marked', 'marked.marked.parse(String(x))', 'parse'],
  'moment@2.31.0': ['moment', "moment(x.date).format('YYYY')", 'createLocal'],
  'mongodb@5.9.2': ['mongo', "new mongo.MongoClient('mongodb://localhost').db('a').collection('b').findOne(x)", 'Collection.findOne'],
  'mongoose@7.8.13': ['mongoose', "mongoose.model('A', new mongoose.Schema({ a: String })).find(x)", 'Model.find'],
  'morgan@1.12.1': ['morgan', "morgan('combined')", 'morgan'],
  'multer@1.4.4': ['multer', "multer({ dest: 'up' }).single('file')", 'Multer.single'],
  'mysql2@3.24.6': ['mysql', "mysql.createConnection({ host: 'localhost' }).query('select ?', [x])", 'createConnection'],
  'node-cron@3.0.3': ['cron', "cron.schedule('* * * * *', () => x)", 'validate'],
  'node-fetch@2.7.0': ['fetch', 'fetch(x.url).then((r) => r.json())', 'fetch'],
  'nodemailer@6.10.1': ['mail', 'mail.createTransport({}).sendMail(x)', 'createTransport'],
  'passport@0.7.0': ['passport', "passport.authenticate('local')", 'Authenticator.authenticate'],
  'passport-jwt@4.0.1': ['passportJwt', "passportJwt.ExtractJwt.fromHeader('a')", 'JwtStrategy.authenticate'],
  'passport-local@1.0.0': ['passportLocal', 'new passportLocal.Strategy((u, p, done) => done(null, u === p))', 'Strategy.authenticate'],
  'pdfkit@0.13.0': ['PDF', 'new PDF().text(String(x)).end()', 'PDFDocument.text'],
  'pg@8.23.1': ['pg', "new pg.Pool().query('select $1', [x])", 'Client.query'],
  'pino@8.21.0': ['pino', 'pino().info(x)', 'pino'],
  'pug@3.0.4': ['pug', 'pug.render(String(x), { x })', 'compile'],
  'redis@4.7.1': ['redis', "redis.createClient().get('a')", 'createClient'],
  'sanitize-html@2.17.5': ['sanitize', 'sanitize(String(x))', 'sanitizeHtml'],
  'sequelize@6.37.8': [
    'sql',
    "new sql.Sequelize('sqlite::memory:').define('a', { b: sql.DataTypes.STRING }).findAll({ where: x })",
    'Model.findAll',
  ],
  'socket.io@4.8.4': ['io', "new io.Server(3001).on('connection', (s) => s.emit('a', x))", 'Server.attach'],
  'stripe@14.25.0': ['Stripe', "new Stripe('word').charges.create(x)", 'Stripe.charges'],
  'swagger-jsdoc@6.3.0': ['swaggerJsdoc', "swaggerJsdoc({ definition: {}, apis: ['./routes/*.js'] })", 'swaggerJsdoc'],
  'swagger-ui-express@5.0.1': ['swaggerUi', 'swaggerUi.setup(x)', 'generateHTML'],
  'uuid@9.0.1': ['uuid', 'uuid.v4()', 'v4'],
  'winston@3.19.0': ['winston', 'winston.createLogger({ transports: [new winston.transports.Console()] }).info(x)', 'createLogger'],
  'ws@8.23.0': [
    'WebSocket',
    'new WebSocket.Server({ port: 3002 }).on("connection", (s) => s.send(String(x)))',
    'WebSocketServer.handleUpgrade',
  ],
  'xml2js@0.5.0': ['xml2js', 'xml2js.parseStringPromise(String(x))', 'Parser.parseString'],
};

const MODULES = 40;
const USES_OF_ONE = 3;
const nameOf = (specifier: string): string => specifier.slice(0, specifier.lastIndexOf('@'));

/** What npm is asked for. */
export const EXPRESS_PACKAGES: readonly string[] = ['express@4.22.3', ...Object.keys(USES)];

/** The function of each package that an advisory of the benchmark names; some are called, some are not. */
export const EXPRESS_FLAWS: readonly (readonly [name: string, fn: string])[] = Object.entries(USES).map(([specifier, [, , fn]]) => [
  nameOf(specifier),
  fn,
]);

/** A service class over three packages, and a router that calls it and the next module. */
const ownModule = (at: number): string => {
  const all = Object.entries(USES);
  const chosen = new Set(Array.from({ length: USES_OF_ONE }, (_, n) => (at * USES_OF_ONE + n * 17) % all.length));
  const used = all.filter((_, index) => chosen.has(index));
  const loads = used.map(([specifier, [constant]]) => `const ${constant} = require('${nameOf(specifier)}');`);
  const steps = used.map(([, [, use]], n) => `  async step${n}(x) {\n    return ${use};\n  }`);
  const next = at + 1 < MODULES ? `const next = require('./m${at + 1}.js');` : 'const next = { handle: async (x) => x };';
  const calls = used.map((_, n) => `    results.push(await service.step${n}(input));`);
  return [
    "'use strict';",
    "const express = require('express');",
    ...loads,
    next,
    `class Service${at} {`,
    ...steps,
    '}',
    `const service = new Service${at}();`,
    'async function handle(input) {',
    '  const results = [];',
    '  try {',
    ...calls,
    '    results.push(await next.handle(input));',
    '  } catch (error) {',
    '    results.push(error.message);',
    '  }',
    '  return results;',
    '}',
    'const router = express.Router();',
    `router.post('/m${at}/:id', (req, res, done) => {`,
    '  handle({ ...req.body, ...req.params }).then((results) => res.json(results)).catch(done);',
    '});',
    'module.exports = { handle, router };',
    '',
  ].join('\n');
};

/** Writes package.json and the own code; packages are npm's to install. */
export const writeExpressApp = (folder: string): void => {
  mkdirSync(join(folder, 'src'), { recursive: true });
  const dependencies = Object.fromEntries(EXPRESS_PACKAGES.map((one) => [nameOf(one), one.slice(one.lastIndexOf('@') + 1)]));
  const manifest = { name: 'express-bench', version: '1.0.0', private: true, scripts: { start: 'node src/server.js' }, dependencies };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  for (let at = 0; at < MODULES; at += 1) writeFileSync(join(folder, `src/m${at}.js`), ownModule(at));
  const routers = Array.from({ length: MODULES }, (_, at) => `app.use(require('./m${at}.js').router);`);
  const server = [
    "const express = require('express');",
    'const app = express();',
    'app.use(express.json());',
    ...routers,
    'app.listen(3000);',
  ];
  writeFileSync(join(folder, 'src/server.js'), `${server.join('\n')}\n`);
};
