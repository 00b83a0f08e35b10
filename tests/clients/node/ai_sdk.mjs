// The AI SDK against a server: node ai_sdk.mjs LINE SCENARIO URL [FOLDER]. LINE is 7 or 6; prints one JSON object.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';

const [line, scenario, url, folder] = process.argv.slice(2);
const newest = line === '7';
const ai = await import(newest ? 'ai' : 'ai-6');
const { createXai } = await import(newest ? '@ai-sdk/xai' : '@ai-sdk/xai-3');
// What the packages warn about is none of these tests' business.
globalThis.AI_SDK_LOG_WARNINGS = false;

const requests = [];
const xai = createXai({
  apiKey: 'xai-test',
  baseURL: `${url}/v1`,
  fetch: async (target, options) => {
    const answer = await fetch(target, options);
    if (options?.method === 'POST') {
      const body = typeof options.body === 'string' ? JSON.parse(options.body) : undefined;
      requests.push({ path: new URL(target).pathname, status: answer.status, body });
    }
    return answer;
  },
});
const pictures = 'grok-imagine-image';
const films = 'grok-imagine-video';
// Version 6 takes these from the provider's options, version 7 from its own.
const quick = { pollIntervalMs: 100, pollTimeoutMs: 500000 };
const poll = { intervalMs: 100, timeoutMs: 500000 };
// The package downloads from no loopback address by itself.
const download = async ({ url: target }) => {
  const answer = await fetch(target);
  assert.equal(answer.status, 200);
  return { data: new Uint8Array(await answer.arrayBuffer()), mediaType: answer.headers.get('content-type') };
};

const isJpeg = (bytes) => assert.deepEqual([...bytes.slice(0, 3)], [0xff, 0xd8, 0xff]);
const isMp4 = (bytes) => assert.equal(Buffer.from(bytes.slice(4, 8)).toString(), 'ftyp');
const paths = () => requests.map(({ path }) => path);

async function image(prompt, options = {}) {
  const made = await ai.generateImage({ model: xai.image(pictures), prompt, ...options });
  made.images.forEach(({ uint8Array, mediaType }) => {
    isJpeg(uint8Array);
    assert.equal(mediaType, 'image/jpeg');
  });
  return made;
}

async function film(options, model = films) {
  const { providerOptions, ...rest } = options;
  const made = await ai.experimental_generateVideo({
    model: xai.video(model),
    duration: 1,
    download,
    poll,
    providerOptions: { xai: { ...quick, ...providerOptions } },
    ...rest,
  });
  isMp4(made.video.uint8Array);
  assert.equal(made.video.mediaType, 'video/mp4');
  return made;
}

const addressOf = (made) => made.providerMetadata.xai.videoUrl ?? made.responses[0].providerMetadata.xai.videoUrl;

async function rejected(call) {
  try {
    await call();
  } catch (error) {
    return error.lastError ?? error;
  }
  assert.fail('nothing was refused');
}

const scenarios = {
  async drawn() {
    const [picture] = (await image('a red barn')).images;
    const [edited] = (await image({ text: 'make it black and white', images: [picture.uint8Array] })).images;
    const { video } = await film({ prompt: { image: edited.uint8Array, text: 'the camera pulls back' } });
    await writeFile(`${folder}/picture.jpg`, picture.uint8Array);
    await writeFile(`${folder}/edited.jpg`, edited.uint8Array);
    await writeFile(`${folder}/film.mp4`, video.uint8Array);
    return {};
  },

  async generate() {
    const { images } = await image('a red barn', { n: 4, aspectRatio: '16:9' });
    assert.equal(images.length, 4);
    assert.equal(new Set(images.map(({ base64 }) => base64)).size, 4);
    return { paths: paths(), counts: requests.map(({ body }) => body.n).sort() };
  },

  async edit() {
    const { images } = await image('a red barn');
    const [{ uint8Array }] = images;
    await image({ text: 'make it black and white', images: [uint8Array] });
    await image({ text: 'the barn of <IMAGE_0> beside <IMAGE_1>', images: [uint8Array, uint8Array] }, { aspectRatio: '1:1' });
    return { paths: paths() };
  },

  async video() {
    const [picture] = (await image('a red barn', { aspectRatio: '16:9' })).images;
    await film({ prompt: 'a red barn', aspectRatio: '9:16', resolution: '1280x720' });
    await film({ prompt: { image: picture.uint8Array, text: 'the camera pulls back' } });
    const { body } = requests.at(-1);
    assert.ok(body.image.url.startsWith('data:image/'), 'the picture goes as a data URL');
    return { paths: paths(), durations: requests.slice(1).map(({ body: sent }) => sent.duration) };
  },

  async video_modes() {
    const start = addressOf(await film({ prompt: 'a red barn', duration: 2 }));
    await film({ prompt: 'make it snow', duration: undefined, providerOptions: { mode: 'edit-video', videoUrl: start } });
    await film({ prompt: 'it goes on', duration: 2, providerOptions: { mode: 'extend-video', videoUrl: start } });
    const [picture] = (await image('a red barn')).images;
    const shown = `data:image/jpeg;base64,${picture.base64}`;
    await film({
      prompt: '<IMAGE_0> in the snow',
      providerOptions: { mode: 'reference-to-video', referenceImageUrls: [shown] },
    });
    return { paths: paths(), start };
  },

  async errors() {
    const tooFine = { xai: { quality: 'high' } };
    const refused = await rejected(() => image('a red barn', { maxRetries: 0, providerOptions: tooFine }));
    const unknown = await rejected(() => ai.generateImage({ model: xai.image('flux'), prompt: 'x', maxRetries: 0 }));
    const failed = await rejected(() =>
      film({
        prompt: 'make it snow',
        duration: undefined,
        maxRetries: 0,
        providerOptions: { mode: 'edit-video', videoUrl: 'https://nothing.invalid/a.mp4' },
      }),
    );
    const local = await rejected(() => film({ prompt: 'a red barn', download: undefined }));
    return {
      refused: [refused.statusCode, refused.message],
      unknown: [unknown.statusCode, unknown.message],
      failed: failed.message,
      local: local.name,
    };
  },

  async files() {
    const bytes = new TextEncoder().encode('words of a file');
    const plain = await ai.uploadFile({ api: xai, data: bytes, filename: 'notes.txt', mediaType: 'text/plain' });
    assert.deepEqual(plain.warnings, []);
    const stream = new Blob([bytes, bytes]).stream();
    const streamed = await ai.uploadFile({
      api: xai,
      data: { type: 'stream', stream },
      filename: 'twice.txt',
      mediaType: 'text/plain',
      providerOptions: { xai: { expiresAfter: 3600, teamId: 'ignored' } },
    });
    const files = xai.files();
    const file = streamed.providerReference;
    const known = await files.getFileMetadata({ file });
    const content = Buffer.from(await new Response((await files.downloadFile({ file })).content).arrayBuffer());
    const life = (known.expiresAt - known.createdAt) / 1000;
    for (const reference of [plain.providerReference, file]) {
      assert.equal((await files.deleteFile({ file: reference })).deleted, true);
    }
    const gone = await rejected(() => files.getFileMetadata({ file }));
    return {
      filename: known.filename,
      size: known.byteSize,
      content: content.toString(),
      life,
      purpose: known.providerMetadata.xai.purpose,
      gone: gone.statusCode,
    };
  },
};

console.log(JSON.stringify(await scenarios[scenario]()));
