/** Why jobs failed, and which values of parameters failed jobs have in common. */
package org.bagnetlab.server.results.failure;
