/** The SQL of artifacts, and of the files that are to be deleted. */
package org.bagnetlab.storage.artifact;
