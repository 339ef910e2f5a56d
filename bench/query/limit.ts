/** The least that can answer: plain node:http, and for each question one prepared statement that builds the JSON. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import type { Case } from './cases.ts';

const [url, cases] = JSON.parse(process.argv[2]!) as [string, Case[]];
const pool = new pg.Pool({ connectionString: url, max: 10 });

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => {
    body += text;
  });
  request.on('end', () => {
    const { name } = JSON.parse(body) as { name: string };
    const one = cases.find((known) => known.name === name)!;
    pool
      .query<{ data: string }>({
        name,
        text: one.sql,
        values: [...one.params],
        types: { getTypeParser: () => String },
      })
      .then(({ rows }) => {
        response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
        response.end(`{"data":${rows[0]!.data}}`);
      })
      .catch((error: unknown) => {
        response.writeHead(500);
        response.end(String(error));
      });
  });
});
server.listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
