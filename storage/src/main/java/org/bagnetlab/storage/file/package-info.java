/**
 * The files of artifacts: accepted from workers, verified, and deleted when no row refers to them
 * any more.
 */
package org.bagnetlab.storage.file;
