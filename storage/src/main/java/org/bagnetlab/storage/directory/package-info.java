/**
 * The data directory: its lock, its identity, the directories in it, and the quarantine for files
 * that the database does not know.
 */
@NullMarked
package org.bagnetlab.storage.directory;

import org.jspecify.annotations.NullMarked;
