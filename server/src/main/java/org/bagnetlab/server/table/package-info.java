/** Tables of any rows, and the forms in which they are written: values, LaTeX, text. */
@NullMarked
package org.bagnetlab.server.table;

import org.jspecify.annotations.NullMarked;
