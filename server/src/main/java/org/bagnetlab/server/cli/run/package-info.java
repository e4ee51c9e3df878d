/** Commands about runs and their annotations. */
@NullMarked
package org.bagnetlab.server.cli.run;

import org.jspecify.annotations.NullMarked;
