/** Commands that queue, list, follow and change jobs, and that print their results. */
@NullMarked
package org.bagnetlab.server.cli.job;

import org.jspecify.annotations.NullMarked;
