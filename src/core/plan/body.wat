;; The loop of body.ts in vector instructions: 64 bytes a turn, and only brackets are looked at one by
;; one. The same input gives the same answer as there. Assembled into body-wasm.ts by its test.
;;
;; Memory, in bytes:
;;      0  depth · 4 in a string (0, 1) · 8 next byte is text (0, 1) · 12 numbers in marks, -1: too many
;;     16  outcome: 0 more, 1 end, 2 too deep, 3 mismatch
;;     64  opening bracket of every level, at most 1024
;;   2048  marks, 1024 numbers of 32 bits
;;   8192  the piece, at most 1 MiB, and 64 zero bytes
(module
  (memory (export "memory") 17)

  ;; One bit for each of 64 bytes: set where the byte equals those of $c.
  (func $equal (param $v0 v128) (param $v1 v128) (param $v2 v128) (param $v3 v128) (param $c v128)
    (result i64)
    (i64.or
      (i64.or
        (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $v0) (local.get $c))))
        (i64.shl
          (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $v1) (local.get $c))))
          (i64.const 16)))
      (i64.or
        (i64.shl
          (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $v2) (local.get $c))))
          (i64.const 32))
        (i64.shl
          (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $v3) (local.get $c))))
          (i64.const 48)))))

  (func $mark (param $at i32) (param $depth i32)
    (local $count i32)
    (local.set $count (i32.load (i32.const 12)))
    (if (i32.or
          (i32.lt_s (local.get $count) (i32.const 0))
          (i32.gt_s (local.get $count) (i32.const 1022)))
      (then (i32.store (i32.const 12) (i32.const -1)) (return)))
    (i32.store offset=2048 (i32.shl (local.get $count) (i32.const 2)) (local.get $at))
    (i32.store offset=2052 (i32.shl (local.get $count) (i32.const 2)) (local.get $depth))
    (i32.store (i32.const 12) (i32.add (local.get $count) (i32.const 2))))

  (func $stop (param $outcome i32) (param $at i32) (result i32)
    (i32.store (i32.const 16) (local.get $outcome))
    (local.get $at))

  ;; From address $i to $n, the end of the piece. Strings that open at depth $track or less are noted
  ;; with $origin added to their address. Returns the address after the last byte used; of the byte at
  ;; fault where there is one.
  (func (export "run")
    (param $i i32) (param $n i32) (param $room i32) (param $track i32) (param $origin i32)
    (result i32)
    (local $v0 v128) (local $v1 v128) (local $v2 v128) (local $v3 v128)
    (local $quotes i64) (local $slashes i64) (local $openers i64) (local $closers i64)
    (local $starts i64) (local $codes i64) (local $text i64) (local $events i64)
    (local $escaped i64) (local $inText i64)
    (local $depth i32) (local $at i32) (local $c i32) (local $valid i32)

    (local.set $depth (i32.load (i32.const 0)))
    (local.set $inText (i64.sub (i64.const 0) (i64.load32_u (i32.const 4))))
    (local.set $escaped (i64.load32_u (i32.const 8)))

    (block $ended (loop $blocks
      (br_if $ended (i32.ge_u (local.get $i) (local.get $n)))
      (local.set $v0 (v128.load (local.get $i)))
      (local.set $v1 (v128.load offset=16 (local.get $i)))
      (local.set $v2 (v128.load offset=32 (local.get $i)))
      (local.set $v3 (v128.load offset=48 (local.get $i)))
      (local.set $quotes
        (call $equal (local.get $v0) (local.get $v1) (local.get $v2) (local.get $v3)
          (i8x16.splat (i32.const 0x22))))
      (local.set $slashes
        (call $equal (local.get $v0) (local.get $v1) (local.get $v2) (local.get $v3)
          (i8x16.splat (i32.const 0x5c))))

      ;; Which bytes a backslash makes text. In a run of backslashes every second one escapes: taking
      ;; the first of each run from a pattern of odd bits carries through the run and ends behind it.
      (if (i64.ne (i64.or (local.get $slashes) (local.get $escaped)) (i64.const 0))
        (then
          (local.set $starts
            (i64.and (local.get $slashes) (i64.xor (local.get $escaped) (i64.const -1))))
          (local.set $codes
            (i64.xor
              (i64.sub
                (i64.or (i64.shl (local.get $starts) (i64.const 1)) (i64.const 0xaaaaaaaaaaaaaaaa))
                (local.get $starts))
              (i64.const 0xaaaaaaaaaaaaaaaa)))
          (local.set $escaped
            (i64.xor (local.get $codes) (i64.or (local.get $slashes) (local.get $escaped))))
          (local.set $quotes
            (i64.and (local.get $quotes) (i64.xor (local.get $escaped) (i64.const -1))))
          ;; What is carried on: whether the byte after the last valid one is text.
          (local.set $valid (i32.sub (local.get $n) (local.get $i)))
          (local.set $escaped
            (if (result i64) (i32.lt_u (local.get $valid) (i32.const 64))
              (then
                (i64.and
                  (i64.shr_u (local.get $escaped) (i64.extend_i32_u (local.get $valid)))
                  (i64.const 1)))
              (else
                (i64.shr_u (i64.and (local.get $codes) (local.get $slashes)) (i64.const 63)))))))

      ;; Inside a string, its opening quote included: the parity of the quotes up to here.
      (local.set $text (i64.xor (local.get $quotes) (i64.shl (local.get $quotes) (i64.const 1))))
      (local.set $text (i64.xor (local.get $text) (i64.shl (local.get $text) (i64.const 2))))
      (local.set $text (i64.xor (local.get $text) (i64.shl (local.get $text) (i64.const 4))))
      (local.set $text (i64.xor (local.get $text) (i64.shl (local.get $text) (i64.const 8))))
      (local.set $text (i64.xor (local.get $text) (i64.shl (local.get $text) (i64.const 16))))
      (local.set $text (i64.xor (local.get $text) (i64.shl (local.get $text) (i64.const 32))))
      (local.set $text (i64.xor (local.get $text) (local.get $inText)))
      (local.set $inText (i64.shr_s (local.get $text) (i64.const 63)))

      ;; With bit 5 set, both opening brackets are 0x7b and both closing ones 0x7d.
      (local.set $v0 (v128.or (local.get $v0) (i8x16.splat (i32.const 0x20))))
      (local.set $v1 (v128.or (local.get $v1) (i8x16.splat (i32.const 0x20))))
      (local.set $v2 (v128.or (local.get $v2) (i8x16.splat (i32.const 0x20))))
      (local.set $v3 (v128.or (local.get $v3) (i8x16.splat (i32.const 0x20))))
      (local.set $openers
        (call $equal (local.get $v0) (local.get $v1) (local.get $v2) (local.get $v3)
          (i8x16.splat (i32.const 0x7b))))
      (local.set $closers
        (i64.and
          (call $equal (local.get $v0) (local.get $v1) (local.get $v2) (local.get $v3)
            (i8x16.splat (i32.const 0x7d)))
          (i64.xor (local.get $text) (i64.const -1))))
      (local.set $events
        (i64.or
          (local.get $closers)
          (i64.and
            (i64.or (local.get $openers) (local.get $slashes))
            (i64.xor (local.get $text) (i64.const -1)))))
      ;; Opening quotes matter where the depth may come down to what is tracked.
      (if (i32.le_s
            (i32.sub (local.get $depth) (i32.wrap_i64 (i64.popcnt (local.get $closers))))
            (local.get $track))
        (then
          (local.set $events
            (i64.or (local.get $events) (i64.and (local.get $quotes) (local.get $text))))))

      (block $looked (loop $next
        (br_if $looked (i64.eqz (local.get $events)))
        (local.set $at (i32.add (local.get $i) (i32.wrap_i64 (i64.ctz (local.get $events)))))
        (local.set $events
          (i64.and (local.get $events) (i64.sub (local.get $events) (i64.const 1))))
        (local.set $c (i32.load8_u (local.get $at)))
        (if (i32.eq (local.get $c) (i32.const 0x22))
          (then
            (if (i32.le_s (local.get $depth) (local.get $track))
              (then
                (call $mark (i32.add (local.get $at) (local.get $origin)) (local.get $depth))))
            (br $next)))
        (if (i32.eq (local.get $c) (i32.const 0x5c))
          (then (return (call $stop (i32.const 3) (local.get $at)))))
        (if (i32.eq (i32.or (local.get $c) (i32.const 0x20)) (i32.const 0x7b))
          (then
            (if (i32.ge_s (local.get $depth) (local.get $room))
              (then (return (call $stop (i32.const 2) (local.get $at)))))
            (i32.store8 offset=64 (local.get $depth) (local.get $c))
            (local.set $depth (i32.add (local.get $depth) (i32.const 1)))
            (br $next)))
        (local.set $depth (i32.sub (local.get $depth) (i32.const 1)))
        ;; In ASCII a closing bracket is two above its opening one.
        (if (i32.ne
              (i32.load8_u offset=64 (local.get $depth))
              (i32.sub (local.get $c) (i32.const 2)))
          (then (return (call $stop (i32.const 3) (local.get $at)))))
        (if (i32.eqz (local.get $depth))
          (then
            (return (call $stop (i32.const 1) (i32.add (local.get $at) (i32.const 1))))))
        (br $next)))

      (local.set $i (i32.add (local.get $i) (i32.const 64)))
      (br $blocks)))

    (i32.store (i32.const 0) (local.get $depth))
    (i32.store (i32.const 4) (i32.wrap_i64 (i64.and (local.get $inText) (i64.const 1))))
    (i32.store (i32.const 8) (i32.wrap_i64 (local.get $escaped)))
    (call $stop (i32.const 0) (local.get $n))))
