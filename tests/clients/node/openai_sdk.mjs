// The OpenAI SDK against a server: node openai_sdk.mjs URL; prints one JSON object.
import assert from 'node:assert/strict';
import OpenAI, { toFile } from 'openai';

const [url] = process.argv.slice(2);
const client = new OpenAI({ apiKey: 'xai-test', baseURL: `${url}/v1` });

const made = await client.images.generate({
  model: 'grok-imagine-image',
  prompt: 'a red barn',
  n: 2,
  response_format: 'b64_json',
  aspect_ratio: '16:9',
  storage_options: { filename: 'barn.jpg' },
});
const pictures = made.data.map(({ b64_json: text }) => Buffer.from(text, 'base64'));
pictures.forEach((bytes) => assert.equal(bytes.readUInt16BE(0), 0xffd8));
const byUrl = await client.images.generate({ prompt: 'a red barn', response_format: 'url' });
const fetched = await fetch(byUrl.data[0].url);
assert.equal(fetched.headers.get('content-type'), 'image/jpeg');

const kept = made.data[0].file_output;
assert.ok(Buffer.from(await (await client.files.content(kept.file_id)).arrayBuffer()).equals(pictures[0]));

const uploads = [];
for (const name of ['a', 'b', 'c']) {
  // Fields are sent in the order they are written, and what is said about a file must come before it.
  uploads.push(await client.files.create({
    expires_after: { anchor: 'created_at', seconds: 3600 },
    purpose: 'assistants',
    file: await toFile(Buffer.from(`words of ${name}`), `${name}.txt`),
  }));
}
assert.equal(uploads[0].expires_at - uploads[0].created_at, 3600);
const known = await client.files.retrieve(uploads[1].id);
assert.deepEqual([known.filename, known.bytes, known.purpose], ['b.txt', 10, '']);
assert.equal(await (await client.files.content(known.id)).text(), 'words of b');

const listed = [];
for await (const file of client.files.list({ limit: 2 })) {
  listed.push(file.id);
  assert.ok(listed.length < 1000, 'the list never ends');
}
for (const file of [...uploads, { id: kept.file_id }]) {
  assert.ok(listed.includes(file.id));
  assert.equal((await client.files.delete(file.id)).deleted, true);
}
const gone = await client.files.retrieve(known.id).then(() => 200, (error) => error.status);
const refused = await client.images.generate({ prompt: 'x', n: 11 }).then(() => null, (error) => [error.status, error.message]);

const models = [];
for await (const model of client.models.list()) models.push(model.id);

console.log(JSON.stringify({
  pictures: pictures.length,
  model: made.model,
  once: new Set(listed).size === listed.length,
  gone,
  refused,
  models,
}));
