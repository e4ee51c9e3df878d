/** The lab that a command uses: a running server, or a data directory. */
@NullMarked
package org.bagnetlab.server.cli.lab;

import org.jspecify.annotations.NullMarked;
