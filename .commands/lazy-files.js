/** Loader of the chat's lazy files, inserted by the build into the chat's own file. */

/** @typedef {[path: string, name: string, needs?: Need[]]} Need a file, a name that it exports, and what it needs */

/** @type {Record<string, Promise<object> | undefined>} What came, or is on its way: the same for all who share it. */
const files = {};
/** @type {Record<string, number>} */
const tries = {};
/** Errors of failed files. A file that fails because of another one is not requested again by itself. */
const lost = new Set();

/**
 * A file counts as loaded only with its exports: after a connection that ended behind the head, the import resolves to
 * an empty module. It is requested four times in four seconds, and again after fifteen seconds without data; the first
 * result counts. Each try has another query, since engines cache a failure by URL, and two of them never fetch it again.
 *
 * @param {string} file
 * @param {string} name
 * @param {Need[]} needs are fetched side by side with it
 * @returns {Promise<object>}
 */
export function $bring(file, name, needs = []) {
  needs.forEach((need) => void $bring(...need).catch(() => {}));
  return (files[file] ??= new Promise((done, fail) => {
    // None once it is loaded.
    let left = 4;
    async function go() {
      if (!left) return;
      const { search } = new URL(import.meta.url);
      const again = (tries[file] = (tries[file] ?? -1) + 1);
      let isOver = false;
      const end = (/** @type {unknown} */ error) => {
        if (isOver || !left) return;
        isOver = true;
        if (--left && !lost.has(error)) return void setTimeout(() => void go(), 8100 / 3 ** left);
        lost.add(error);
        delete files[file];
        fail(error);
      };
      setTimeout(end, 15_000, new Error(file));
      try {
        const came = await import(file + search + (again ? `${search ? "&" : "?"}again=${again}` : ""));
        if (!(name in came)) throw new Error(file);
        left = 0;
        done(came);
      } catch (error) {
        end(error);
      }
    }
    void go();
  }));
}
