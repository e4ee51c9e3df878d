/** The rules for how long files of ended jobs are kept, and their removal. */
@NullMarked
package org.bagnetlab.server.retention;

import org.jspecify.annotations.NullMarked;
