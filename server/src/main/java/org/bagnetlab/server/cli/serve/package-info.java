/** Commands that start a server. */
@NullMarked
package org.bagnetlab.server.cli.serve;

import org.jspecify.annotations.NullMarked;
