/** Commands about runs and what people say of them. */
@NullMarked
package org.bagnetlab.server.cli.run;

import org.jspecify.annotations.NullMarked;
