/** Plays an address from each time on; resolves to its duration and the seconds that it reached. Runs in a page. */
async (source, seconds) => {
  const audio = new Audio(source);
  audio.muted = true;
  const happens = (name) =>
    new Promise((resolve, reject) => {
      audio.addEventListener(name, () => resolve(), { once: true });
      audio.addEventListener('error', () => reject(new Error(`media error ${audio.error?.code}`)), { once: true });
    });
  await Promise.all([happens('loadedmetadata'), audio.load()]);
  const positions = [audio.duration];
  for (const time of seconds) {
    const sought = happens('seeked');
    audio.currentTime = time;
    await sought;
    await Promise.all([happens('timeupdate'), audio.play()]);
    audio.pause();
    positions.push(Math.floor(audio.currentTime));
  }
  return positions;
};
