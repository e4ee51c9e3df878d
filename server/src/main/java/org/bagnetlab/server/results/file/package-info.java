/** Finds and reads files that jobs stored, and caches their contents in memory. */
package org.bagnetlab.server.results.file;
