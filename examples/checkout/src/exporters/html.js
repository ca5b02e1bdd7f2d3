'use strict';

const Handlebars = require('handlebars');

const template = Handlebars.compile(`<table>
{{#each invoices}}
<tr><td>{{id}}</td><td>{{customer}}</td><td>{{total}}</td></tr>
{{/each}}
</table>
`);

exports.type = 'text/html';

exports.write = (invoices) => template({ invoices });
