/**
 * What people read in a terminal: text of others without control characters, a line that counts
 * down, and failures in one line.
 */
@NullMarked
package org.bagnetlab.server.cli.terminal;

import org.jspecify.annotations.NullMarked;
