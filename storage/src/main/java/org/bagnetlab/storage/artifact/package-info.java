/** The SQL of artifacts, and of the files that are to be deleted. */
@NullMarked
package org.bagnetlab.storage.artifact;

import org.jspecify.annotations.NullMarked;
