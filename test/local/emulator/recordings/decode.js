/** Runs in the browser: decodes media files, given in base64, with the browser's own decoders. */

const SAMPLE_RATE = 16_000;
const bytesOf = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** How long the sound is, and in each window of 100 ms how loud it is and how strong each tone is. */
globalThis.decodeSound = async (base64, tonesHz) => {
  const context = new OfflineAudioContext(1, SAMPLE_RATE, SAMPLE_RATE);
  const sound = await context.decodeAudioData(bytesOf(base64).buffer);
  const samples = sound.getChannelData(0);
  const windows = [];
  for (let from = 0; from + SAMPLE_RATE / 10 <= samples.length; from += SAMPLE_RATE / 10) {
    const part = samples.subarray(from, from + SAMPLE_RATE / 10);
    windows.push({
      loudness: Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / part.length),
      tones: tonesHz.map((hz) => strength(part, hz)),
    });
  }
  return { seconds: sound.duration, channels: sound.numberOfChannels, windows };
};

function strength(samples, hz) {
  const angle = (index) => (2 * Math.PI * hz * index) / SAMPLE_RATE;
  const sine = samples.reduce((sum, sample, index) => sum + sample * Math.sin(angle(index)), 0);
  const cosine = samples.reduce((sum, sample, index) => sum + sample * Math.cos(angle(index)), 0);
  return (2 * Math.hypot(sine, cosine)) / samples.length;
}

/** How long and how large the video is, and the brightest colour of the picture at a time. */
globalThis.decodeVideo = async (base64, atSeconds) => {
  const video = document.createElement('video');
  const until = (event) =>
    new Promise((resolve, reject) => {
      video.addEventListener(event, resolve, { once: true });
      video.addEventListener('error', () => reject(new Error(video.error.message)), { once: true });
    });
  const loaded = until('loadeddata');
  video.src = URL.createObjectURL(new Blob([bytesOf(base64)], { type: 'video/mp4' }));
  await loaded;
  const seeked = until('seeked');
  video.currentTime = atSeconds;
  await seeked;
  // A busy machine may say that it has sought before there is a picture to draw: the white ground shows through.
  for (;;) {
    const brightest = brightestOf(video);
    if (brightest < 255) {
      return { seconds: video.duration, width: video.videoWidth, height: video.videoHeight, brightest };
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/** The brightest colour, from 0 to 255, of the picture on a white ground. */
function brightestOf(video) {
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  const drawing = canvas.getContext('2d');
  drawing.fillStyle = 'white';
  drawing.fillRect(0, 0, canvas.width, canvas.height);
  drawing.drawImage(video, 0, 0);
  const pixels = drawing.getImageData(0, 0, canvas.width, canvas.height).data;
  return pixels.reduce((most, value, index) => (index % 4 === 3 ? most : Math.max(most, value)), 0);
}
