/** Tables of any rows, and their output as CSV, HTML, LaTeX and text. */
@NullMarked
package org.bagnetlab.server.table;

import org.jspecify.annotations.NullMarked;
