/** The documents of the source tree as pages. */
@NullMarked
package org.bagnetlab.server.document;

import org.jspecify.annotations.NullMarked;
