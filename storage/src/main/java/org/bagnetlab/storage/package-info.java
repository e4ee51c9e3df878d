/**
 * Persistent data: the data directory and its lock, the H2 database with one class of SQL
 * statements per aggregate, and the files of workers. Depends on no other module; types defined
 * elsewhere (a job's specification, an artifact's facts) are stored as JSON text, next to the
 * columns that queries need.
 */
package org.bagnetlab.storage;
