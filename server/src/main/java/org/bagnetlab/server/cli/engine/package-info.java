/** Commands that ask an engine on this machine, without a server. */
@NullMarked
package org.bagnetlab.server.cli.engine;

import org.jspecify.annotations.NullMarked;
