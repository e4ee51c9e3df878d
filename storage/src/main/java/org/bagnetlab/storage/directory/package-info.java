/**
 * The data directory: its lock, its identity, the directories in it, and the quarantine for files
 * unknown to the database.
 */
package org.bagnetlab.storage.directory;
