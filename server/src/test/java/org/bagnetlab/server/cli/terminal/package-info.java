@NullMarked
package org.bagnetlab.server.cli.terminal;

import org.jspecify.annotations.NullMarked;
