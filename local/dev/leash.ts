/**
 * Preloaded into each child (`--import`): asks it to stop, as SIGTERM would, once the channel to its parent closes. So a
 * child outlives neither a stop nor the death of its parent, on every platform and whatever program it is.
 */

process.once('disconnect', () => {
  const isHandled = process.emit('SIGTERM', 'SIGTERM');
  if (!isHandled) {
    process.exit(143);
  }
});
// The listener alone would keep a program alive that has nothing left to do.
process.channel?.unref();
