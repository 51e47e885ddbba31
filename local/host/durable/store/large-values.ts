/** Texts too long for a column of a table row: kept in Blob Storage, with a reference in the column. */

import { randomUUID } from 'node:crypto';
import type { ContainerClient } from '@azure/storage-blob';
import type { Columns } from './rows.ts';

/** 45 KB, as Table Storage counts them: two bytes a character. */
const longestColumn = 23_040;

/** The texts are JSON, which never starts so. */
const mark = '@';

export class LargeValues {
  readonly #connection: string;
  readonly #containerName: string;
  #container: Promise<ContainerClient> | undefined;

  constructor(connection: string, containerName: string) {
    this.#connection = connection;
    this.#containerName = containerName;
  }

  /** The columns with every text that is too long replaced by a reference to a blob, written before this resolves. */
  async shorten(columns: Columns, folder: string): Promise<Columns> {
    const shortened = { ...columns };
    for (const [name, value] of Object.entries(columns)) {
      if (typeof value === 'string' && value.length > longestColumn) {
        shortened[name] = `${mark}${await this.#write(`${folder}/${randomUUID()}`, value)}`;
      }
    }
    return shortened;
  }

  /** The columns with every reference replaced by the text it stands for. */
  async restore(columns: Columns): Promise<Columns> {
    const restored = { ...columns };
    for (const [name, value] of Object.entries(columns)) {
      if (isReference(value)) {
        const content = await (await this.#open()).getBlockBlobClient(value.slice(mark.length)).downloadToBuffer();
        restored[name] = content.toString();
      }
    }
    return restored;
  }

  /** Deletes what the columns refer to. */
  async delete(columns: Columns): Promise<void> {
    for (const value of Object.values(columns).filter(isReference)) {
      await (await this.#open()).getBlockBlobClient(value.slice(mark.length)).deleteIfExists();
    }
  }

  async #write(name: string, text: string): Promise<string> {
    const content = Buffer.from(text);
    await (await this.#open()).getBlockBlobClient(name).uploadData(content);
    return name;
  }

  /** Loads the SDK, and makes the container, only when a value is large. */
  #open(): Promise<ContainerClient> {
    this.#container ??= this.#create();
    this.#container.catch(() => {
      this.#container = undefined;
    });
    return this.#container;
  }

  async #create(): Promise<ContainerClient> {
    const { ContainerClient } = await import('@azure/storage-blob');
    const container = new ContainerClient(this.#connection, this.#containerName, { retryOptions: { maxTries: 2 } });
    await container.createIfNotExists();
    return container;
  }
}

function isReference(value: string | number): value is string {
  return typeof value === 'string' && value.startsWith(mark);
}
