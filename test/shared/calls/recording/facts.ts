/** Facts about one recording, for the tests of what follows from them. */
import type { CallRecord } from '../../../../shared/calls/call.ts';
import {
  recordingArchived,
  recordingEvent,
  recordingFilesReady,
  recordingStarted,
  recordingStepped,
} from '../../../../shared/calls/recording/recording-facts.ts';
import { type RecordingRecord, statusOf } from '../../../../shared/calls/recording/recording-record.ts';
import type { RecordingStep } from '../../../../shared/calls/recording/recording-steps.ts';
import { aCall, anEvent } from '../stories.ts';

export const recordingId = '11111111-1111-8111-8111-111111111111';
export const acsRecordingId = 'eyJhIjoxfQ';
const kind = { content: 'audio', channel: 'mixed', format: 'wav' } as const;
export const started = { recordingId, acsRecordingId, ...kind, isPaused: false };
const file = { chunk: 0, name: 'chunk-0.wav', contentType: 'audio/wav', lengthBytes: 1, sha256: 'a' };
export const files = [file];
const chunks = [{ index: 0, documentId: 'd', contentLocation: 'https://a.asm.skype.com/d' }];
export const ready = { acsRecordingId, at: at(50), kind, chunks, startedAt: at(1), durationMilliseconds: 9 };

/** Stands for a recording that a call lacks, which no test expects. */
export const unknown: RecordingRecord = { acsRecordingId: '', createdAt: '', moves: [] };

export function at(second: number): string {
  return new Date(Date.parse('2026-01-01T12:00:00Z') + second * 1000).toISOString();
}

export function said(state: 'active' | 'inactive', second: number, startedAt?: string) {
  const recording = { recordingId, acsRecordingId, state, ...(startedAt !== undefined && { startedAt }) };
  return (call: CallRecord) => recordingEvent(call, anEvent('RecordingStateChanged', { at: at(second), recording }));
}

export type Fact = (call: CallRecord) => CallRecord;

/** A file event whose chunks, from 0 on, are these documents. */
export function filesAt(second: number, ...documents: readonly string[]): Fact {
  const named = documents.map((documentId, index) => {
    return { index, documentId, contentLocation: `https://a.asm.skype.com/${documentId}` };
  });
  return (call) => recordingFilesReady(call, recordingId, { acsRecordingId, at: at(second), kind, chunks: named });
}

export const archivedOf = (...indexes: readonly number[]): Fact => {
  const copies = indexes.map((chunk) => ({ ...file, chunk, name: `chunk-${chunk}.wav` }));
  return (call) => recordingArchived(call, recordingId, copies, at(90));
};

export const documentsIn = ({ recordings }: CallRecord) =>
  recordings[recordingId]?.archiving?.chunks.map(({ index, documentId }) => [index, documentId]);
export const start: Fact = (call) => recordingStarted(call, started, 'op', at(0));
export const stepAt =
  (step: RecordingStep, second: number): Fact =>
  (call) =>
    recordingStepped(call, step, recordingId, at(second));
export const end =
  (second: number): Fact =>
  (call) => ({ ...call, status: 'disconnected', endedAt: at(second) });

export function after(...facts: readonly Fact[]): CallRecord {
  return facts.reduce((call, fact) => fact(call), aCall({ status: 'connected' }));
}

export function statusAfter(...facts: readonly Fact[]): string | undefined {
  const call = after(...facts);
  const recording = call.recordings[recordingId];
  return recording && statusOf(recording, call.endedAt);
}
