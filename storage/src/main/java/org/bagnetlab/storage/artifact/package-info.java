/** SQL statements for artifacts, and for the files to be deleted. */
package org.bagnetlab.storage.artifact;
