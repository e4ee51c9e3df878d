@NullMarked
package org.bagnetlab.server.cli.job;

import org.jspecify.annotations.NullMarked;
