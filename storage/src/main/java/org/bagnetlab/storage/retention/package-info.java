/** The SQL of which files may be removed, and which were. */
package org.bagnetlab.storage.retention;
