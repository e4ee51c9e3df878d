/** Tests of the documents. */
@NullMarked
package org.bagnetlab.server.document;

import org.jspecify.annotations.NullMarked;
