/** Commands that start, list, follow and change sweeps. */
@NullMarked
package org.bagnetlab.server.cli.sweep;

import org.jspecify.annotations.NullMarked;
