/** Plays one story, then prints its timeline and the expectations. */

import { findingsOf, isAsExpected, timelineOf } from './journal.ts';
import type { Scene } from './scene.ts';
import { JournaledStage } from './stage.ts';
import { type Story, StoryBroken } from './story.ts';

/** Whether the story ended as expected. Rejects when the parts themselves fail. */
export async function playStory(story: Story, scene: Scene): Promise<boolean> {
  const stage = new JournaledStage(scene);
  try {
    await story.play(stage);
  } catch (error) {
    if (!(error instanceof StoryBroken)) {
      throw error;
    }
  }
  const journal = await stage.journal();
  await stage.clear();
  const isGood = isAsExpected(journal);
  console.log(`\n${story.title}\n`);
  for (const line of timelineOf(journal)) {
    console.log(`  ${line}`);
  }
  console.log();
  for (const line of findingsOf(journal)) {
    console.log(`  ${line}`);
  }
  console.log(`\n  ${story.name}: ${isGood ? 'as expected' : 'NOT as expected'}`);
  return isGood;
}
