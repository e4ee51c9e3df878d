/**
 * The data directory: its lock, its identity, the directories in it, and the quarantine for files
 * that the database does not know.
 */
package org.bagnetlab.storage.directory;
