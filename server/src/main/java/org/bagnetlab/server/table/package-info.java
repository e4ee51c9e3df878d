/** Tables of any rows, and their output as CSV, HTML, LaTeX and text. */
package org.bagnetlab.server.table;
