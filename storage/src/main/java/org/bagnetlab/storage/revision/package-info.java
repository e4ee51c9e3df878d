/** Detects changes that advance the database's revision. */
package org.bagnetlab.storage.revision;
