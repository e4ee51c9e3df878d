/**
 * Uploads of files that are too large for memory: they are received onto the disk and imported from
 * there.
 */
package org.bagnetlab.server.http.upload;
