/** Readers of what comes from elsewhere, fed with mutations of valid inputs. */
@NullMarked
package org.bagnetlab.server.fuzz;

import org.jspecify.annotations.NullMarked;
