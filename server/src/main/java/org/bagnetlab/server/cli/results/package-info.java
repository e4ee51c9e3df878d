/** Commands that print and write results. */
@NullMarked
package org.bagnetlab.server.cli.results;

import org.jspecify.annotations.NullMarked;
