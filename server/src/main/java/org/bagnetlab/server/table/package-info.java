/** Tables of rows of any type, and their output as CSV, HTML, LaTeX and plain text. */
package org.bagnetlab.server.table;
