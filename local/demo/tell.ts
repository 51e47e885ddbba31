/** Tells one story: plays it, then prints its timeline and what was expected. */

import { findingsOf, isAsTold, timelineOf } from './journal.ts';
import type { Scene } from './scene.ts';
import { JournaledStage } from './stage.ts';
import { type Story, StoryBroken } from './story.ts';

/** Whether the story ended as told. Rejects when the parts themselves fail. */
export async function tell(story: Story, scene: Scene): Promise<boolean> {
  const stage = new JournaledStage(scene);
  try {
    await story.tell(stage);
  } catch (error) {
    if (!(error instanceof StoryBroken)) {
      throw error;
    }
  }
  const journal = await stage.journal();
  await stage.clear();
  const isGood = isAsTold(journal);
  console.log(`\n${story.title}\n`);
  for (const line of timelineOf(journal)) {
    console.log(`  ${line}`);
  }
  console.log();
  for (const line of findingsOf(journal)) {
    console.log(`  ${line}`);
  }
  console.log(`\n  ${story.name}: ${isGood ? 'as told' : 'NOT as told'}`);
  return isGood;
}
