/** The command that shows who changed what. */
@NullMarked
package org.bagnetlab.server.cli.audit;

import org.jspecify.annotations.NullMarked;
